package io.orderly.coordinator.connection;

import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * An object built from an SSL bundle, and built again when the bundle is updated. Thread-safe.
 *
 * @param <C> the immutable object
 */
final class ReloadedBundle<C> {

    private static final Logger LOG = LoggerFactory.getLogger(ReloadedBundle.class);

    private final String name;
    private final Function<SslBundle, C> maker;
    private volatile C current;

    /**
     * @param maker fails if a bundle cannot be used. If this is the first one, so does this constructor; if it is an update, the
     *     bundle before it stays in use
     */
    ReloadedBundle(SslBundles bundles, String name, Function<SslBundle, C> maker) {
        this.name = name;
        this.maker = maker;
        current = maker.apply(bundles.getBundle(name));
        bundles.addBundleUpdateHandler(name, this::replace);
    }

    private void replace(SslBundle updated) {
        try {
            current = maker.apply(updated);
            LOG.info("SSL bundle {} was updated: new connections use it", name);
        } catch (RuntimeException e) {
            LOG.error("SSL bundle {} was updated and cannot be used: the one before stays in use", name, e);
        }
    }

    C current() {
        return current;
    }
}
