package io.orderly.coordinator.compatibility;

/**
 * The steps of a client.
 *
 * @param name the client, the subject and the case, separated by slashes; also the prefix of its keys
 * @param length whether it is part of the short form
 */
record Scenario(String name, Length length, Body body) {

    enum Length {
        SHORT,
        LONG
    }

    @FunctionalInterface
    interface Body {
        void run(Run run) throws Exception;
    }

    static Scenario brief(String name, Body body) {
        return new Scenario(name, Length.SHORT, body);
    }

    static Scenario lengthy(String name, Body body) {
        return new Scenario(name, Length.LONG, body);
    }
}
