/** Tests of the folder {@code deploy}: what it renders to is valid for Kubernetes, and runs what {@code ./run} runs. */
@NullMarked
package io.orderly.stack.deploy;

import org.jspecify.annotations.NullMarked;
