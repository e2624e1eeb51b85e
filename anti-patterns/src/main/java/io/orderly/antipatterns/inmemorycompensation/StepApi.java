package io.orderly.antipatterns.inmemorycompensation;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.PostExchange;

/** A participant that takes steps for callers who wait. */
interface StepApi {

    /** The CloudEvents type of the message in the body, of requests and responses. */
    String TYPE = "ce-type";

    @PostExchange(
            url = "/anti-patterns/in-memory-compensation/steps",
            contentType = "application/json",
            accept = "application/json")
    ResponseEntity<byte[]> take(@RequestHeader(TYPE) String type, @RequestBody byte[] command);
}
