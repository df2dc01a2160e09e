"""The public pages: treatment guides, articles, people, prices."""
