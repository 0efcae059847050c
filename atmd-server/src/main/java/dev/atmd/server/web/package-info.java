/** The dashboard for browsers: who may ask, what there is to ask for, and the page itself. */
package dev.atmd.server.web;
