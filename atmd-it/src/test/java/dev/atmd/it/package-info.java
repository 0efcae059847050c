@org.jspecify.annotations.NullMarked
package dev.atmd.it;
