package io.orderly.coordinator.settings;

/**
 * The keys of a service's settings in the coordinator.
 *
 * @param service its {@code spring.application.name}
 */
record SettingKeys(String service) {

    /** The key of the value of a setting. */
    String value(String name) {
        return "/settings/%s/%s".formatted(service, name);
    }

    /** The prefix of the changes of a setting. */
    String history(String name) {
        return "/settings-history/%s/%s/".formatted(service, name);
    }

    /** The key of a change; the order of keys is that of numbers. */
    String change(String name, long number) {
        return "%s%010d".formatted(history(name), number);
    }
}
