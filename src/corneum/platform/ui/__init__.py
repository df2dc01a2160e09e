"""
The look and the pages' bones: tokens, components, layouts, error pages.

Words: a *component* is a template under `components/`; a *layout* is what a page extends.
Promises: no inline script or style, no third party, every state told by words or shape as well
as colour. Neighbours: stands on accounts; every area's templates stand on it.
"""
