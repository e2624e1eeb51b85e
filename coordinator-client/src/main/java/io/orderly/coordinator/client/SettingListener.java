package io.orderly.coordinator.client;

/**
 * Is told about a setting, one call at a time.
 *
 * @param <T> the type of its values
 */
public interface SettingListener<T> {

    /**
     * The setting has another value, also for {@link Setting#get}.
     *
     * @param revision that wrote it; its history in the coordinator tells when and with what else it was written
     */
    void onChanged(T previous, T value, long revision);

    /**
     * A text was stored that is no valid value. The last valid one stays.
     *
     * @param reason for people
     */
    default void onRefused(String reason, long revision) {}
}
