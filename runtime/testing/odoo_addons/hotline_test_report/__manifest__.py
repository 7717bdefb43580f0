{
    "name": "Gov Hotline test report",
    "summary": "Server-wide module of the test bench: writes one record per executed test",
    "version": "19.0.1.0.0",
    "author": "Gov Hotline",
    "website": "https://github.com/gov-hotline/gov-hotline",
    "license": "AGPL-3",
    "category": "Hidden",
    "depends": ["base"],
}
