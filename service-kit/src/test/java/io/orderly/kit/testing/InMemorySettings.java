package io.orderly.kit.testing;

import io.orderly.kit.settings.SettingChange;
import io.orderly.kit.settings.SettingDeclaration;
import io.orderly.kit.settings.SettingStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A store of settings for tests, in place of the coordinator. It keeps no history. */
public final class InMemorySettings implements SettingStore {

    private final Map<String, Cell<?>> cells = new ConcurrentHashMap<>();
    private final AtomicLong revisions = new AtomicLong();

    /**
     * Stores a text without a check, as any client of the coordinator can.
     *
     * @param name of a setting that a service has declared
     * @param text null to delete the stored one
     */
    public void store(String name, @Nullable String text) {
        Cell<?> cell = cells.get(name);
        if (cell == null) {
            throw new IllegalArgumentException("no service has declared " + name);
        }
        cell.store(text, revisions.incrementAndGet());
    }

    @Override
    public <T> Watched<T> watch(SettingDeclaration<T> declaration, Listener listener) {
        Cell<T> cell = new Cell<>(declaration, listener);
        cells.put(declaration.name(), cell);
        return cell;
    }

    @Override
    public Result change(SettingDeclaration<?> declaration, @Nullable String text, String by, @Nullable Long expected) {
        store(declaration.name(), text);
        return new Result.Changed(revisions.get());
    }

    @Override
    public List<SettingChange> history(String name) {
        return List.of();
    }

    private static final class Cell<T> implements Watched<T> {

        private final SettingDeclaration<T> declaration;
        private final Listener listener;
        private volatile T value;
        private volatile long revision;

        private Cell(SettingDeclaration<T> declaration, Listener listener) {
            this.declaration = declaration;
            this.listener = listener;
            value = declaration.configured();
        }

        private void store(@Nullable String text, long at) {
            try {
                value = text == null
                        ? declaration.configured()
                        : declaration.reader().apply(text);
            } catch (IllegalArgumentException e) {
                listener.refused(at, String.valueOf(e.getMessage()));
                return;
            }
            revision = text == null ? 0 : at;
            listener.accepted();
        }

        @Override
        public T value() {
            return value;
        }

        @Override
        public long revision() {
            return revision;
        }

        @Override
        public void close() {
            // nothing is watched any more, and the value stays
        }
    }
}
