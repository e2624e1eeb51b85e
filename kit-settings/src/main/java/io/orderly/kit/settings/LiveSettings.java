package io.orderly.kit.settings;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The settings of this service. Thread-safe. */
public final class LiveSettings implements AutoCloseable {

    private final @Nullable SettingStore store;
    private final ConcurrentNavigableMap<String, LiveSetting<?>> declared = new ConcurrentSkipListMap<>();

    /** @param store null if there is none, so that the configured values apply */
    public LiveSettings(@Nullable SettingStore store) {
        this.store = store;
    }

    /**
     * Declares a setting and watches its value. Returns at once, with the configured value until the stored one is known.
     *
     * @throws IllegalArgumentException if a setting of this name was declared before
     */
    public <T> LiveSetting<T> declare(SettingDeclaration<T> declaration) {
        LiveSetting<T> setting = new LiveSetting<>(declaration, store);
        if (declared.putIfAbsent(declaration.name(), setting) != null) {
            setting.close();
            throw new IllegalArgumentException("setting %s is declared twice".formatted(declaration.name()));
        }
        return setting;
    }

    Collection<LiveSetting<?>> all() {
        return declared.values();
    }

    Optional<LiveSetting<?>> named(String name) {
        return Optional.ofNullable(declared.get(name));
    }

    /** How many settings have a stored value that is ignored. */
    long invalid() {
        return declared.values().stream()
                .filter(setting -> setting.invalid() != null)
                .count();
    }

    @Override
    public void close() {
        declared.values().forEach(LiveSetting::close);
    }
}
