package io.orderly.coordinator.settings;

import io.orderly.coordinator.client.CoordinatorClient;
import io.orderly.coordinator.client.CoordinatorException;
import io.orderly.coordinator.client.Setting;
import io.orderly.coordinator.client.SettingListener;
import io.orderly.kit.settings.SettingChange;
import io.orderly.kit.settings.SettingDeclaration;
import io.orderly.kit.settings.SettingStore;
import io.orderly.kit.settings.SettingStoreException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The values of a service's settings under keys of the coordinator. */
final class CoordinatorSettings implements SettingStore {

    private static final Logger LOG = LoggerFactory.getLogger(CoordinatorSettings.class);

    private final CoordinatorClient client;
    private final SettingKeys keys;
    private final SettingChanges changes;

    CoordinatorSettings(CoordinatorClient client, SettingKeys keys, InstantSource clock) {
        this.client = client;
        this.keys = keys;
        changes = new SettingChanges(SettingChanges.Keys.of(client), keys, clock);
    }

    @Override
    public <T> Watched<T> watch(SettingDeclaration<T> declaration, Listener listener) {
        return new WatchedSetting<>(client.setting(
                keys.value(declaration.name()),
                declaration.reader()::apply,
                declaration.configured(),
                new Notifications<>(declaration, listener)));
    }

    @Override
    public Result change(SettingDeclaration<?> declaration, @Nullable String text, String by, @Nullable Long expected) {
        return changes.change(declaration, text, by, expected);
    }

    @Override
    public List<SettingChange> history(String name) {
        try {
            return changes.history(name);
        } catch (CoordinatorException e) {
            throw new SettingStoreException("the coordinator does not answer: " + e.getMessage(), e);
        }
    }

    private record WatchedSetting<T>(Setting<T> setting) implements Watched<T> {

        @Override
        public T value() {
            return setting.get();
        }

        @Override
        public long revision() {
            return setting.revision();
        }

        @Override
        public void close() {
            setting.close();
        }
    }

    /** Changes are logged here, and refusals by the client. */
    private record Notifications<T>(SettingDeclaration<T> declaration, Listener listener)
            implements SettingListener<T> {

        @Override
        public void onChanged(T previous, T value, long revision) {
            listener.accepted();
            LOG.info(
                    "setting {} is {} instead of {} from revision {} on",
                    declaration.name(),
                    declaration.writer().apply(value),
                    declaration.writer().apply(previous),
                    revision);
        }

        @Override
        public void onConfirmed(long revision) {
            listener.accepted();
        }

        @Override
        public void onRefused(String reason, long revision) {
            listener.refused(revision, reason);
        }
    }
}
