"""Any program that signs what it posts: a form on the business's own site, a script, a device."""
