/** What has to be there before processes start: the data folder, which one launcher owns at a time, and the programs. */
@NullMarked
package io.orderly.stack.launch;

import org.jspecify.annotations.NullMarked;
