/** The last minutes as they were, for a page that goes back in them and for documents that are kept. */
@NullMarked
package io.orderly.console.recorder;

import org.jspecify.annotations.NullMarked;
