/**
 * Sign-in: a service accepts a request only with a token of its issuer (OAuth 2.0, JWT) whose scopes its endpoint needs. The
 * endpoints and what they need are declared in beans of {@link io.orderly.kit.security.AccessRules}; an endpoint without a rule is
 * refused. A controller that returns or changes the data of a customer takes a {@link io.orderly.kit.security.Caller}.
 *
 * <p>{@code orderly.security.open} turns sign-in off. Then there are no filters, and every caller may do everything.
 */
@NullMarked
package io.orderly.kit.security;

import org.jspecify.annotations.NullMarked;
