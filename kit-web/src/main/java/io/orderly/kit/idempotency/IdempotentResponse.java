package io.orderly.kit.idempotency;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * The response to an idempotent request, which is stored and returned again when the request is repeated. Only successful
 * responses are stored; an effect that fails throws and stores nothing.
 *
 * @param status below 400
 * @param location null if the response has none
 * @param json the body as sent; empty if the response has none
 */
public record IdempotentResponse(
        HttpStatusCode status, @Nullable URI location, byte[] json) {

    /** @throws IllegalArgumentException if the status is an error */
    public IdempotentResponse {
        if (status.isError()) {
            throw new IllegalArgumentException("an effect must throw instead of returning " + status);
        }
    }

    /** 202: processing continues; its state is at the location. */
    public static IdempotentResponse accepted(URI location, byte[] json) {
        return new IdempotentResponse(HttpStatus.ACCEPTED, location, json);
    }

    /** 201: the resource at the location was created. */
    public static IdempotentResponse created(URI location, byte[] json) {
        return new IdempotentResponse(HttpStatus.CREATED, location, json);
    }

    public ResponseEntity<byte[]> toResponse() {
        HttpHeaders headers = new HttpHeaders();
        if (location != null) {
            headers.setLocation(location);
        }
        if (json.length == 0) {
            return ResponseEntity.status(status).headers(headers).build();
        }
        headers.setContentType(MediaType.APPLICATION_JSON);
        return ResponseEntity.status(status).headers(headers).body(json);
    }
}
