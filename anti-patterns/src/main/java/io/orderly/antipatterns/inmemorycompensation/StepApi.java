package io.orderly.antipatterns.inmemorycompensation;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.PostExchange;

/** The HTTP interface of participants for direct steps. */
interface StepApi {

    /** The header with the CloudEvents type of the message in the body, in requests and responses. */
    String TYPE = "ce-type";

    @PostExchange(
            url = "/anti-patterns/in-memory-compensation/steps",
            contentType = "application/json",
            accept = "application/json")
    ResponseEntity<byte[]> execute(@RequestHeader(TYPE) String type, @RequestBody byte[] command);
}
