package io.orderly.order.timeline.web;

import java.util.Arrays;
import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/** Reads the {@code order} of a request in lower case. Spring itself reads the names of the constants. */
@Component
class EntryOrderConverter implements Converter<String, EntryOrder> {

    @Override
    public EntryOrder convert(String text) {
        return Arrays.stream(EntryOrder.values())
                .filter(order -> order.toString().equals(text))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("must be one of " + Arrays.toString(EntryOrder.values())));
    }
}
