package io.orderly.kit.settings;

import org.jspecify.annotations.Nullable;

/**
 * A setting as the actuator shows it.
 *
 * @param value in force
 * @param revision that wrote it; 0 if it is the configured one
 * @param configured the value while none is stored
 * @param range the allowed values
 * @param description the consequence of other values
 * @param invalid the stored value that is ignored; null if there is none
 */
record SettingView(
        String name,
        String value,
        Source source,
        long revision,
        String configured,
        String range,
        String description,
        @Nullable InvalidValue invalid) {

    /** Where the value in force comes from. */
    enum Source {
        CONFIGURED,
        STORED
    }
}
