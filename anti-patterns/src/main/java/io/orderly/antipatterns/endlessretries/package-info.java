/** An anti-pattern: the payment provider is asked again at once and for ever, in place of bounded retries behind a breaker. */
@NullMarked
package io.orderly.antipatterns.endlessretries;

import org.jspecify.annotations.NullMarked;
