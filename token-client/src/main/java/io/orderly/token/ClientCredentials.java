package io.orderly.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.util.Base64;

/**
 * What a client needs to get tokens.
 *
 * @param tokenEndpoint of the issuer
 * @param client its id
 * @param secret its password at the issuer
 * @param scope the scopes of its tokens, with spaces between them
 */
public record ClientCredentials(URI tokenEndpoint, String client, String secret, String scope) {

    /** The value of the header {@code Authorization}, RFC 6749, section 2.3.1. */
    String basic() {
        return "Basic " + Base64.getEncoder().encodeToString((encoded(client) + ":" + encoded(secret)).getBytes(UTF_8));
    }

    /** The request for a token. */
    String form() {
        return "grant_type=client_credentials&scope=" + encoded(scope);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return client + " at " + tokenEndpoint;
    }
}
