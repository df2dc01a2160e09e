"""
The look and the pages' bones: tokens, components, layouts, error pages.

Words: a *layout* is what a page extends; a *component* is a template or a class of core.css.
Promises: no inline script or style, no third party, every state told by words or shape as well
as colour, every page whole without script. Neighbours: stands on accounts; every area's templates
stand on it, and it knows none of them: what it shows of them comes from config/context.py.

Layouts and their blocks
    ui/public.html  title, description, head, crumbs, main, bar      patients' pages: menu, foot, act bar on phones
    ui/flow.html    title, description, head, main                   one step of a booking: slim head and foot
    ui/plain.html   title, description, head, main, foot             sign-in, errors: one narrow column
    ui/desk.html    title, head, top, find, acts, main               the back office; set `place` to the place's key
    The title is "Error: " when `form` has errors, then your title, then the clinic's name.
    `main` of public and desk is full width: begin it with <div class="wrap"> (public) or <div class="pad"> (desk).
    The sheets are linked by {% sheets "public" %} or {% sheets "desk" %} in the block `sheets`: one file once gathered.
    An area's own screen: {% block head %}<link rel="stylesheet" href="{% static 'diary/day.css' %}">{% endblock %},
    and inside that file everything stands in `@layer screens { … }`.

Context names, given to every page by config/context.py; all may be missing
    clinic (accounts.Clinic), clinic_page (premises.Premises), clinic_hours [(days, hours)], is_demo,
    menu [{name, url, here}], foot [{name, url}], home_url, book_url, ask_url,
    places [{key, name, url, icon, count, is_trouble}], find_url, account_links [{name, url}], theme ("light" or "dark")

Tags and filters: {% load ui %}
    {% icon "phone" %}  {% icon "back" label="Day before" %}  {% mark %}  {% strata %}  (names: icons.py)
    minutes or datetimes with a zone, dates without: |clock12:clinic.zone 9:30am · |clock24 9:30 · |long_date Thursday
    12 March 2026 · |day_date Thursday 12 March · |short_date 12 March 2026 · |weekday · |weekday3 Thu ·
    |day_of_month 12 · |month March · |iso_date 2026-03-12 · |iso_moment
    45|lasting 45 minutes · 6|counted:"time" 6 times · pence|pounds £85 · phone|phone 0161 496 0000
    and phone|tel for the link · name|initials · form|problems

Forms
    forms.Form ("Enter your name" by itself), forms.PressForm (with the hidden `press` of a form that creates),
    forms.new_press(). In the page: {% include "ui/error_summary.html" %} first in main (it looks at `form`), then
    <form class="form" method="post" novalidate>{% csrf_token %}{{ form }}<button class="btn btn-primary">…</button></form>
    or {{ form.name.as_field_group }} one by one. Widths: widget attrs {"class": "w-10"}; w-2, w-4, w-10, w-20.
    pages.render_invalid(request, template, context) answers 422. notices.tell(request, "Moved.", undo=url) shows a
    sentence on the next page, with an Undo button that POSTs to `undo`.

Attributes that page.js looks at (nothing needs it)
    form[data-busy="Sending…"]         its button says so once pressed, and is pressed once
    select[data-submit]                choosing an option sends its form; [data-submit-button] in the form then hides
    [data-until="1773304200" data-now="1773303600" data-over="This time is no longer kept."] with a child [data-left]
                                       seconds since 1970: writes "9 minutes" into the child every second, reads the
                                       sentence out two minutes before the end, and then puts data-over in its place
    [data-say]                         its text is read out once by the page's one polite status region; a script
                                       says more with document.dispatchEvent(new CustomEvent("say", {detail: "…"}))
    button[data-print][hidden]         a button that prints, shown only with script
    keysAllowed(event)                 for a screen's own script: whether a single key may act now

Classes: those of core.css, public.css and desk.css; /components/ shows every one of them in every state.
Diary rows: static/ui/grid.css has .at-N (the row where it begins, from 1) and .for-N (how many rows), rows of five
minutes: N ≤ 288 and N ≤ 96. Link it in `head`.
"""
