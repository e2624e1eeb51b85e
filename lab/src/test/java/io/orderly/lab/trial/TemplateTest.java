package io.orderly.lab.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {

    @Test
    void replacesTheValuesThatItIsGiven() {
        Template template = new Template("${n}: ${n%7} of ${n%100} for ${order.key}, ${data}");
        Template partly = template.with(Map.of("n", "1234567", "order.key", "a$1\\b"));
        assertThat(partly.text()).isEqualTo("1234567: 5 of 67 for a$1\\b, ${data}");
        assertThat(partly.placeholder()).contains("${data}");
        assertThat(partly.with(Map.of("data", "/tmp/x")).placeholder()).isEmpty();
    }

    @Test
    void knowsNoRemaindersOfOtherValuesAndNoDivisionByZero() {
        for (String text : new String[] {"${order.key%5}", "${n%0}", "${n%}", "${n%-1}", "${}"}) {
            assertThat(new Template(text)
                            .with(Map.of("n", "3", "order.key", "k"))
                            .placeholder())
                    .contains(text);
        }
    }
}
