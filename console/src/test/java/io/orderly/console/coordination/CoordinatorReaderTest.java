package io.orderly.console.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.console.upstream.Upstream;
import io.orderly.console.upstream.Upstreams;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CoordinatorReaderTest {

    @Test
    void saysThatNoMemberAnswers() throws Exception {
        HttpClient http = Upstream.client();
        List<Upstream> away = List.of(new Upstream("coordinator", URI.create("http://127.0.0.1:1"), http));
        try (Upstreams upstreams = new Upstreams(Map.of(), away, null, http)) {
            assertThat(new CoordinatorReader(upstreams).view().problem()).startsWith("No member answers: ");
        }
    }
}
