/* Niceties for every page. Nothing on any page needs this file. */
"use strict";
