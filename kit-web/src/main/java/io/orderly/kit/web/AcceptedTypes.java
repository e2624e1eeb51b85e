package io.orderly.kit.web;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;

/** The media types of an {@code Accept} header, by the rules of RFC 9110, section 12.5.1. */
record AcceptedTypes(List<MediaType> ranges) {

    private static final Comparator<MediaType> BY_PRECISION = Comparator.comparing(MediaType::isWildcardType)
            .thenComparing(MediaType::isWildcardSubtype)
            .thenComparing(range -> -range.getParameters().size());

    AcceptedTypes {
        ranges = ranges.stream().sorted(BY_PRECISION).toList();
    }

    /** @param headers all values of the header; if there are none, every type is accepted */
    static AcceptedTypes of(Enumeration<String> headers) throws HttpMediaTypeNotAcceptableException {
        try {
            List<MediaType> ranges = MediaType.parseMediaTypes(Collections.list(headers));
            return new AcceptedTypes(ranges.isEmpty() ? List.of(MediaType.ALL) : ranges);
        } catch (InvalidMediaTypeException e) {
            throw new HttpMediaTypeNotAcceptableException("Could not parse 'Accept': " + e.getMessage());
        }
    }

    /** The accepted types, by decreasing quality; types of equal quality keep their order. */
    List<MediaType> bestFirst(Collection<MediaType> offered) {
        return offered.stream()
                .filter(type -> quality(type) > 0)
                .sorted(Comparator.comparingDouble(this::quality).reversed())
                .toList();
    }

    /** The quality of the most specific range that includes the type. */
    private double quality(MediaType type) {
        return ranges.stream()
                .filter(range -> range.includes(type))
                .findFirst()
                .map(MediaType::getQualityValue)
                .orElse(0.0);
    }
}
