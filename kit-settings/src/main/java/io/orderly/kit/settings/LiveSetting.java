package io.orderly.kit.settings;

import io.orderly.coordinator.client.CoordinatorClient;
import io.orderly.coordinator.client.Setting;
import io.orderly.coordinator.client.SettingListener;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The value of a setting that is in force. While the coordinator is away, it is the last one that is known. Thread-safe.
 *
 * @param <T> the type of the values
 */
public final class LiveSetting<T> implements Supplier<T>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSetting.class);

    private final SettingDeclaration<T> declaration;
    private final Alarm alarm = new Alarm();
    private final @Nullable Setting<T> stored;

    /** @param client null if no coordinator is configured */
    LiveSetting(SettingDeclaration<T> declaration, String key, @Nullable CoordinatorClient client) {
        this.declaration = declaration;
        stored = client == null
                ? null
                : client.setting(key, declaration.type(), declaration.configured(), alarm.listener(declaration));
    }

    /** The value now. Code that needs the same value in several steps asks once, and hands it on. */
    @Override
    public T get() {
        return stored == null ? declaration.configured() : stored.get();
    }

    SettingDeclaration<T> declaration() {
        return declaration;
    }

    @Nullable InvalidValue invalid() {
        return alarm.invalid;
    }

    SettingView view() {
        long revision = stored == null ? 0 : stored.revision();
        return new SettingView(
                declaration.name(),
                declaration.writer().apply(get()),
                revision == 0 ? SettingView.Source.CONFIGURED : SettingView.Source.COORDINATOR,
                revision,
                declaration.writer().apply(declaration.configured()),
                declaration.range(),
                declaration.description(),
                invalid());
    }

    /** Keeps the present value. */
    @Override
    public void close() {
        if (stored != null) {
            stored.close();
        }
    }

    /** Whether the text that is stored now is ignored. */
    static final class Alarm {

        private volatile @Nullable InvalidValue invalid;

        @Nullable InvalidValue invalid() {
            return invalid;
        }

        <T> SettingListener<T> listener(SettingDeclaration<T> declaration) {
            return new SettingListener<>() {

                @Override
                public void onChanged(T previous, T value, long revision) {
                    invalid = null;
                    LOG.info(
                            "setting {} is {} instead of {} from revision {} on",
                            declaration.name(),
                            declaration.writer().apply(value),
                            declaration.writer().apply(previous),
                            revision);
                }

                @Override
                public void onConfirmed(long revision) {
                    invalid = null;
                }

                @Override
                public void onRefused(String reason, long revision) {
                    invalid = new InvalidValue(revision, reason);
                    LOG.error(
                            "setting {} keeps its value, because that of revision {} is not valid: {}",
                            declaration.name(),
                            revision,
                            reason);
                }
            };
        }
    }
}
