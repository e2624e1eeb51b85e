package io.orderly.kit.idempotency;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * What a request is answered with, now and whenever it is repeated. Only success is an answer in this sense; an effect
 * that refuses throws, and leaves nothing behind.
 *
 * @param status below 400
 * @param location null if the answer has none
 * @param json the body as it goes over the wire; empty if the answer has none
 */
public record IdempotentResponse(
        HttpStatusCode status, @Nullable URI location, byte[] json) {

    /** @throws IllegalArgumentException if the status is an error */
    public IdempotentResponse {
        if (status.isError()) {
            throw new IllegalArgumentException("an effect that refuses throws, it does not answer " + status);
        }
    }

    /** 202: the work goes on, and can be followed there. */
    public static IdempotentResponse accepted(URI location, byte[] json) {
        return new IdempotentResponse(HttpStatus.ACCEPTED, location, json);
    }

    /** 201: it is done, and can be found there. */
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
