package io.orderly.kit.web;

import jakarta.validation.Validator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/** Parses request bodies strictly, and reports all errors of an invalid body. */
final class StrictJsonConverter extends JacksonJsonHttpMessageConverter {

    private final Validator validator;

    StrictJsonConverter(JsonMapper mapper, Validator validator) {
        super(StrictJson.from(mapper));
        this.validator = validator;
    }

    @Override
    public Object read(ResolvableType type, HttpInputMessage message, @Nullable Map<String, Object> hints)
            throws IOException {
        byte[] body = message.getBody().readAllBytes();
        try {
            return super.read(type, new Buffered(message.getHeaders(), body), hints);
        } catch (HttpMessageNotReadableException e) {
            List<FieldError> errors = fieldErrors(e, type, body);
            throw errors.isEmpty() ? e : new ProblemException(ProblemType.INVALID_REQUEST, errors);
        }
    }

    /** @return empty if the error is not about fields or the body is not JSON */
    private List<FieldError> fieldErrors(HttpMessageNotReadableException refusal, ResolvableType type, byte[] body) {
        if (!(refusal.getCause() instanceof JacksonException cause) || cause instanceof StreamReadException) {
            return List.of();
        }
        JsonMapper json = getMapper();
        JavaType javaType = json.constructType(type.getType());
        try {
            return BodyErrorCollector.of(json.readTree(body), javaType, json, validator);
        } catch (JacksonException _) {
            return List.of();
        }
    }

    private record Buffered(HttpHeaders headers, byte[] bytes) implements HttpInputMessage {

        @Override
        public InputStream getBody() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }
    }
}
