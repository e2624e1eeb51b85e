/** The stream of server-sent events of a page: frames of bounded size and rate, which a page can resume. */
@NullMarked
package io.orderly.console.stream;

import org.jspecify.annotations.NullMarked;
