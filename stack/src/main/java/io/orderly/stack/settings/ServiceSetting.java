package io.orderly.stack.settings;

/**
 * A setting of a service, with texts as the service writes them.
 *
 * @param value in force
 * @param revision of the stored value; 0 if the configured one is in force
 * @param configured the value while none is stored
 * @param range the allowed values
 * @param description the consequence of other values
 * @param invalid why the stored value is ignored; empty if it is not
 */
public record ServiceSetting(
        String name, String value, long revision, String configured, String range, String description, String invalid) {

    /** One line: the value, where it comes from, and what is allowed. */
    public String summary() {
        String origin = revision == 0
                ? "configured"
                : "revision %d instead of the configured %s".formatted(revision, configured);
        String alarm = invalid.isEmpty() ? "" : "; IGNORED: " + invalid;
        return "%s (%s; allowed: %s)%s".formatted(value, origin, range, alarm);
    }
}
