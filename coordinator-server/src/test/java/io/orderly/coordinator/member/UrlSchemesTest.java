package io.orderly.coordinator.member;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.coordinator.connection.TlsProperties;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.web.server.Ssl;

class UrlSchemesTest {

    @ParameterizedTest
    @CsvSource({
        "http, http, http, false, false",
        "https, https, http, true, false",
        "http, http, https, false, true",
        "https, https, https, true, true"
    })
    void urlsThatFitAreAccepted(String members, String peer, String client, boolean peers, boolean clients) {
        assertThatCode(() -> check(members, peer, client, peers, clients)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "https, http, http, false, false, members, http://, peer-bundle is not set",
        "http, https, http, false, false, peer-url, http://, peer-bundle is not set",
        "http, http, https, false, false, client-url, http://, client-bundle is not set",
        "http, https, http, true, false, members, https://, peer-bundle is set",
        "https, http, http, true, false, peer-url, https://, peer-bundle is set",
        "http, http, http, false, true, client-url, https://, client-bundle is set",
        "ftp, http, http, false, false, members, http://, peer-bundle is not set"
    })
    void urlsThatDoNotFitAreRefusedByName(
            String members,
            String peer,
            String client,
            boolean peers,
            boolean clients,
            String setting,
            String expected,
            String reason) {
        assertThatThrownBy(() -> check(members, peer, client, peers, clients))
                .hasMessageContaining("orderly.coordinator." + setting)
                .hasMessageContaining("it must begin with " + expected)
                .hasMessageContaining(reason);
    }

    private static void check(String members, String peer, String client, boolean peers, boolean clients) {
        var source = new MapConfigurationPropertySource(Map.of(
                "orderly.coordinator.members", "1=" + members + "://localhost:1",
                "orderly.coordinator.peer-url", peer + "://localhost:1",
                "orderly.coordinator.client-url", client + "://localhost:2"));
        CoordinatorProperties properties =
                new Binder(source).bindOrCreate("orderly.coordinator", CoordinatorProperties.class);
        new UrlSchemes(new TlsProperties(peers ? "peers" : null, clients ? "clients" : null, Ssl.ClientAuth.NONE))
                .check(properties);
    }
}
