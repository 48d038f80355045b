require ["vacation", "vacation-seconds"];
vacation :seconds 0 :subject "Abwesenheit" "Ich bin bis zum 30.11. nicht im Büro.";
