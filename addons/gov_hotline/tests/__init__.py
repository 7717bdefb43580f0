from . import (
    test_call,
    test_certificate,
    test_demo,
    test_lifecycle,
    test_registration,
    test_roles,
    test_rules,
    test_topic_import,
    test_workplace,
    test_workplace_agencies,
    test_workplace_js,
    test_workplace_tours,
)
