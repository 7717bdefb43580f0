"""What the knowledge base decides without Odoo: texts, questions, measures of support."""
