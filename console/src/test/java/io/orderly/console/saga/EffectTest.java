package io.orderly.console.saga;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class EffectTest {

    @Test
    void readsTheStateOrSaysThatItIsNotKnown() {
        assertThat(read("{\"state\":\"COMMITTED\",\"lines\":[]}").state()).isEqualTo("COMMITTED");
        for (String other : List.of("", "null", "[]", "<html>", "{}", "{\"state\":7}")) {
            assertThat(read(other).state()).as(other).isNull();
        }
    }

    private static Effect read(String body) {
        return Effect.read("inventory-service", "reservation", body.getBytes(StandardCharsets.UTF_8));
    }
}
