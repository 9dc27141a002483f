"""What must hold: tests in the same rooms as the code, plus house laws, journeys and the fixtures they share."""
