"""The clinic's own drawings: a 24 grid, round ends, 1.75 wide. Each is written into the page where it stands.

Not one sprite file that pages point into: browsers disagree about which part of a
Content-Security-Policy lets a page do that, it costs a request, and the path is no longer than the pointer.
"""

ICONS = {
    "alert": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5v5M12 16.2v.1"/>',
    "back": '<path d="m14.5 6-6 6 6 6"/>',
    "calendar": '<rect x="3.5" y="5" width="17" height="15.5" rx="2.5"/><path d="M3.5 10h17M8 3v4M16 3v4"/>',
    "camera": '<path d="M4 7.5h3.5L9 5h6l1.5 2.5H20V19H4Z"/><circle cx="12" cy="13" r="3.5"/>',
    "cash": '<rect x="2.5" y="6" width="19" height="12" rx="2"/><circle cx="12" cy="12" r="2.75"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "chevron": '<path d="m7 10 5 5 5-5"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.5l3.5 2"/>',
    "close": '<path d="m6 6 12 12M18 6 6 18"/>',
    "document": '<path d="M6 3.5h8L18.5 8v12.5H6Z"/><path d="M9 13h6M9 16.5h6"/>',
    "door": '<path d="M5 20.5V3.5h11v17M3 20.5h18M12.5 12v.6"/>',
    "external": '<path d="M14 4h6v6M20 4l-9 9M10 5H4.5v14.5H19V14"/>',
    "eye": '<path d="M2.5 12C5 7.5 8.2 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.7 6.5-9.5 6.5S5 16.5 2.5 12Z"/>'
    '<circle cx="12" cy="12" r="2.75"/>',
    "find": '<circle cx="10.5" cy="10.5" r="6"/><path d="m15 15 5 5"/>',
    "form": '<rect x="4" y="4" width="16" height="16" rx="2.5"/><path d="M8 9h8M8 13h8M8 17h4"/>',
    "forward": '<path d="m9.5 6 6 6-6 6"/>',
    "gear": '<circle cx="12" cy="12" r="3"/><path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2'
    'l2.2 2.2M5.6 18.4l2.2-2.2M16.2 7.8l2.2-2.2"/>',
    "graph": '<path d="M4 4v16h16"/><path d="m7.5 15 4-4.5 3 2.5L19.5 7"/>',
    "inbox": '<path d="M4 13.5 6.5 5h11L20 13.5V19H4Z"/><path d="M4 13.5h4.5l1 2.5h5l1-2.5H20"/>',
    "lock": '<rect x="5" y="10.5" width="14" height="10" rx="2"/><path d="M8 10.5V7.5a4 4 0 0 1 8 0v3"/>',
    "mail": '<rect x="3.5" y="5.5" width="17" height="13" rx="2"/><path d="m4 7 8 6 8-6"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "message": '<path d="M4 5h16v11H9l-5 4Z"/>',
    "minus": '<path d="M5 12h14"/>',
    "people": '<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6M16 5a3.5 3.5 0 0 1 0 6.5'
    'M18 14.5c2 .8 3.2 2.7 3.5 5.5"/>',
    "pen": '<path d="m4 20 1-4L16.5 4.5l3 3L8 19Z"/>',
    "person": '<circle cx="12" cy="8" r="3.75"/><path d="M5 20.5c.5-4.2 3.2-6.3 7-6.3s6.5 2.1 7 6.3"/>',
    "phone": '<path d="M6.5 3.5h3l1.5 4-2 1.7a13 13 0 0 0 5.8 5.8l1.7-2 4 1.5v3a2 2 0 0 1-2.2 2A16.5 16.5 0 0 1 4.5 5.7'
    'a2 2 0 0 1 2-2.2Z"/>',
    "pin": '<path d="M12 21c4.5-5 7-8.5 7-11.5a7 7 0 0 0-14 0C5 12.5 7.5 16 12 21Z"/><circle cx="12" cy="9.5" r="2.25"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "print": '<path d="M7 9V3.5h10V9M7 17H4V9h16v8h-3"/><path d="M7 14h10v6.5H7Z"/>',
    "question": '<path d="M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 17.5v.1"/>',
    "refresh": '<path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9M19.5 4.5V9H15"/>',
    "send": '<path d="M20.5 3.5 3.5 10.5l6.5 3 3 6.5ZM10 13.5l10.5-10"/>',
    "sign-out": '<path d="M14.5 4H5v16h9.5M10 12h10.5M17 8.5l3.5 3.5-3.5 3.5"/>',
    "spark": '<path d="M12 3.5c.7 4.8 3.2 7.3 8 8-4.8.7-7.3 3.2-8 8-.7-4.8-3.2-7.3-8-8 4.8-.7 7.3-3.2 8-8Z"/>',
    "undo": '<path d="M8.5 5 4.5 9l4 4M4.5 9H14a5.5 5.5 0 0 1 0 11H8"/>',
    "warn": '<path d="M12 4 2.8 19.5h18.4Z"/><path d="M12 10v4.5M12 17v.1"/>',
}  # fmt: skip

# The mark: three strata, as the skin's outermost layer is laid.
STRATA = "c5-5 8-1 13-4s9-2 13 1"
MARK = "".join(f'<path class="m{number}" d="M3 {top}{STRATA}"/>' for number, top in ((1, 11), (2, 18), (3, 25)))
LONG_STRATA = "c10-9 16-2 26-7s20-5 34 2"
MARK_LONG = "".join(f'<path class="m{n}" d="M6 {top}{LONG_STRATA}"/>' for n, top in ((1, 16), (2, 28), (3, 40)))
