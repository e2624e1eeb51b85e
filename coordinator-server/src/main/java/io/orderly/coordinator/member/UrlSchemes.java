package io.orderly.coordinator.member;

import io.orderly.coordinator.connection.TlsProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Whether the URLs in the configuration of a member say the same as its settings of TLS. Others would connect in the wrong way. */
final class UrlSchemes {

    private final TlsProperties tls;

    UrlSchemes(TlsProperties tls) {
        this.tls = tls;
    }

    /** @throws InvalidConfigurationPropertyValueException if one does not; it names the setting */
    void check(CoordinatorProperties properties) {
        properties
                .members()
                .forEach(member ->
                        check("members", member.substring(member.indexOf('=') + 1), "peer-bundle", tls.peerBundle()));
        if (properties.peerUrl() != null) {
            check("peer-url", properties.peerUrl(), "peer-bundle", tls.peerBundle());
        }
        check("client-url", properties.clientUrl(), "client-bundle", tls.clientBundle());
    }

    private static void check(String setting, String url, String bundleSetting, @Nullable String bundle) {
        String scheme = bundle == null ? "http" : "https";
        if (!url.startsWith(scheme + "://")) {
            throw new InvalidConfigurationPropertyValueException(
                    "orderly.coordinator." + setting,
                    url,
                    "it must begin with %s://, since orderly.coordinator.tls.%s is %s"
                            .formatted(scheme, bundleSetting, bundle == null ? "not set" : "set"));
        }
    }
}
