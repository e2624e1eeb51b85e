/** Requests with the access token of a client, which an issuer grants for the client's id and secret (OAuth 2.0). Without a framework. */
@NullMarked
package io.orderly.token;

import org.jspecify.annotations.NullMarked;
