"""How forms are drawn: one accessible set of templates."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Draw every field with ui/field.html."""

    field_template_name = "ui/field.html"
