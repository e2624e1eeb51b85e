package io.orderly.token;

import java.io.IOException;

/** Access tokens for requests. Thread-safe. */
public interface Tokens {

    /**
     * A token that is valid now, as far as is known here.
     *
     * @throws IOException if there is none
     */
    String current() throws IOException, InterruptedException;

    /** Called when a service has refused a token, so that {@link #current} returns another one if there is one. */
    void refused(String token);

    /** Always the same token, such as one that a person has obtained. */
    static Tokens fixed(String token) {
        return new Tokens() {
            @Override
            public String current() {
                return token;
            }

            @Override
            public void refused(String refused) {}
        };
    }
}
