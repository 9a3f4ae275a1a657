/** The text of graphs. Nothing nests, so that a parser's stack does not grow with untrusted text. */
grammar Ir;

import Literals;

file : graph* EOF ;

graph
  : 'graph' SYMBOL '(' ( input ( ',' input )* )? ')' '->' '(' ( output ( ',' output )* )? ')' '{' node* '}'
  ;

input : VALUE ':' type ;

output : ( ( WORD | STRING ) '=' )? VALUE ;

node : VALUE '=' ( constant | operation ) ( ':' type )? location? ;

location : 'loc' '(' STRING ')' ;

operation : word ( operand ( ',' operand )* )? attributes? ;

operand : VALUE | SYMBOL ;

constant : 'constant' type ( list | SYMBOL | random | splat ) ;

random : 'random' '(' 'seed' '=' INTEGER ')' ;

splat : 'splat' '(' number ')' ;

type : WORD '[' ( INTEGER ( ',' INTEGER )* )? ']' domain? ;

domain : 'in' 'dct' '<' SIZE ',' WORD ( ',' list )? '>' ;

attributes : '{' ( attribute ( ',' attribute )* )? '}' ;

attribute : WORD '=' ( number | list | SIZE | word ) ;

/** What a domain begins with is a word elsewhere. */
word : WORD | 'dct' ;

list : '[' ( run ( ',' run )* )? ']' ;

run : number ( '*' INTEGER )? ;

number : INTEGER | REAL ;

/** A result of a node or an input. A colon belongs to the name only if more of the name follows. */
VALUE : '%' ( ( SEPARATOR? PLAIN )+ | STRING ) ;

/** The name of a graph or of a constant of the side file. */
SYMBOL : '@' ( ( SEPARATOR? PLAIN )+ | STRING ) ;

REAL
  : '-'? DIGIT+ ( '.' DIGIT+ EXPONENT? | EXPONENT )
  | '-'? ( 'Infinity' | 'inf' )
  | 'NaN'
  | 'nan'
  ;

WORD : [A-Za-z_] ( SEPARATOR? PLAIN )* ;

fragment PLAIN : [A-Za-z0-9_.] ;
fragment SEPARATOR : [/:-] ;
fragment EXPONENT : [eE] [+-]? DIGIT+ ;
