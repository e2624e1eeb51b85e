/** Requests of the page to the REST APIs of the services. */
@NullMarked
package io.orderly.console.actions;

import org.jspecify.annotations.NullMarked;
