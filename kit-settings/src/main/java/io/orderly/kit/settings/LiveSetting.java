package io.orderly.kit.settings;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The value of a setting that is in force. While the store is away, it is the last one that is known. Thread-safe.
 *
 * @param <T> the type of the values
 */
public final class LiveSetting<T> implements Supplier<T>, AutoCloseable {

    private final SettingDeclaration<T> declaration;
    private final Alarm alarm = new Alarm();
    private final SettingStore.@Nullable Watched<T> stored;

    /** @param store null if there is none */
    LiveSetting(SettingDeclaration<T> declaration, @Nullable SettingStore store) {
        this.declaration = declaration;
        stored = store == null ? null : store.watch(declaration, alarm);
    }

    /** The value now. Code that needs the same value in several steps asks once, and hands it on. */
    @Override
    public T get() {
        return stored == null ? declaration.configured() : stored.value();
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
                revision == 0 ? SettingView.Source.CONFIGURED : SettingView.Source.STORED,
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
    private static final class Alarm implements SettingStore.Listener {

        private volatile @Nullable InvalidValue invalid;

        @Override
        public void accepted() {
            invalid = null;
        }

        @Override
        public void refused(long revision, String reason) {
            invalid = new InvalidValue(revision, reason);
        }
    }
}
