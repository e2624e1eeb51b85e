package io.orderly.coordinator.client;

/**
 * Receives the changes of a setting, one call at a time.
 *
 * @param <T> the type of its values
 */
public interface SettingListener<T> {

    /**
     * The setting has another value, also for {@link Setting#get}.
     *
     * @param revision that wrote it; the history of the coordinator shows which other keys it wrote
     */
    void onChanged(T previous, T value, long revision);

    /**
     * A text was stored that is no valid value. The last valid one stays. The client has logged it as an error.
     *
     * @param reason for people
     */
    default void onRefused(String reason, long revision) {}

    /**
     * A valid text was stored, or the stored one was deleted, and the value is the same as before.
     *
     * @param revision that wrote or deleted it
     */
    default void onConfirmed(long revision) {}
}
