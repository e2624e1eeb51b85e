/**
 * Who a caller is: passwords, and the tokens that users get for them. What a user may do is part of the replicated state, in {@link
 * io.orderly.coordinator.store.AuthState}.
 */
@NullMarked
package io.orderly.coordinator.auth;

import org.jspecify.annotations.NullMarked;
