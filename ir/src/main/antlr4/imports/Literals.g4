/** What the IR text and the bands file write alike. The last rule takes any other character, so that the parser reports it. */
lexer grammar Literals;

SIZE : DIGIT+ 'x' DIGIT+ ;
INTEGER : '-'? DIGIT+ ;
STRING : '"' ( ~["\\\r\n] | '\\' ~[\r\n] )* '"' ;

COMMENT : ( '//' | ';' ) ~[\r\n]* -> skip ;
WHITESPACE : [ \t\r\n]+ -> skip ;

fragment DIGIT : [0-9] ;

UNEXPECTED : . ;
