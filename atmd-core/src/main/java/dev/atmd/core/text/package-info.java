/** Making text of strangers fit to be shown and to be kept. */
package dev.atmd.core.text;
